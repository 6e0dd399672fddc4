import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** What a customer sends to write in a thread. */
export class WriteDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(10_000)
  text!: string;
}

/** What a customer sends to open a thread. */
export class OpenDto extends WriteDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  customer!: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  subject!: string;
}
