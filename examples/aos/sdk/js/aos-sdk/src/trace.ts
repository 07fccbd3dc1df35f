import { RuntimeContext } from "./runtime";

export class Trace {
  constructor(readonly context: RuntimeContext) {}
}
