import { DecisionTimeline } from './DecisionTimeline';

export default function IncidentDetailPage() {
  return <DecisionTimeline />;
}
