// The older client; one file, no package.json.
module.exports = class NovaClient {
  goal(text) {
    return { goal: text };
  }
};
