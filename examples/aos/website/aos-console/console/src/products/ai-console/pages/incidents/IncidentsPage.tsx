import { IncidentFilters } from './IncidentFilters';
import { IncidentSearchBar } from './IncidentSearchBar';

export function IncidentsPage() {
  return <><IncidentSearchBar /><IncidentFilters /></>;
}
