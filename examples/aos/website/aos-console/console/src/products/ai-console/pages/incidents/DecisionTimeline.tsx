export function DecisionTimeline() {
  return <ol />;
}
