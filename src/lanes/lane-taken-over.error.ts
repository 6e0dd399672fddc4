/** Another worker has taken a lane over, because this one was not heard of for too long. */
export class LaneTakenOverError extends Error {
  constructor(lane: string) {
    super(`Lane ${lane} has been taken over by another worker`);
    this.name = new.target.name;
  }
}
