export class RuntimeContext {
  constructor(readonly seed = 0) {}
}
