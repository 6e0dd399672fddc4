import { IsOptional, IsString } from 'class-validator';

/**
 * The person who opened a thread, as the desk's agents see them.
 *
 * @publicApi
 */
export class Customer {
  @IsOptional()
  @IsString()
  id?: string;

  @IsOptional()
  @IsString()
  name?: string;

  @IsOptional()
  @IsString()
  email?: string;
}
