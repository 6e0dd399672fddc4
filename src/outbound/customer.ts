import { IsOptional, IsString } from 'class-validator';

/**
 * The person who opened a thread, as the desk's agents see them.
 *
 * @publicApi
 */
export class Customer {
  @IsOptional()
  @IsString()
  id?: string | undefined;

  @IsOptional()
  @IsString()
  name?: string | undefined;

  @IsOptional()
  @IsString()
  email?: string | undefined;
}
