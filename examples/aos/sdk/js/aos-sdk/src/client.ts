export class AOSClient {
  constructor(readonly url = "http://localhost:8000") {}
}
