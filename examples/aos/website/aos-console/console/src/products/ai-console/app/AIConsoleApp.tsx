import { Route, Routes } from 'react-router-dom';
import { AIConsoleLayout } from './AIConsoleLayout';
import { OverviewPage } from '@ai-console/pages/overview/OverviewPage';
import { ActivityPage } from '@ai-console/pages/activity/ActivityPage';
import { PoliciesPage } from '@ai-console/pages/policies/PoliciesPage';
import { LogsPage } from '@ai-console/pages/logs/LogsPage';
import { IncidentsPage } from '@ai-console/pages/incidents/IncidentsPage';
import IncidentDetailPage from '@ai-console/pages/incidents/IncidentDetailPage';
import { IntegrationsPage } from '@ai-console/integrations/IntegrationsPage';
import { KeysPage } from '@ai-console/integrations/KeysPage';
import { SettingsPage } from '@ai-console/account/SettingsPage';
import { AccountPage } from '@ai-console/account/AccountPage';
import { SupportPage } from '@ai-console/account/SupportPage'; // no route leads to it

export function AIConsoleApp() {
  return (
    <AIConsoleLayout>
      <Routes>
        <Route path="overview" element={<OverviewPage />} />
        <Route path="activity" element={<ActivityPage />} />
        <Route path="policies" element={<PoliciesPage />} />
        <Route path="logs" element={<LogsPage />} />
        <Route path="incidents" element={<IncidentsPage />} />
        <Route path="incidents/:id" element={<IncidentDetailPage />} />
        <Route path="integrations" element={<IntegrationsPage />} />
        <Route path="keys" element={<KeysPage />} />
        <Route path="settings" element={<SettingsPage />} />
        <Route path="account" element={<AccountPage />} />
      </Routes>
    </AIConsoleLayout>
  );
}

export default AIConsoleApp;
