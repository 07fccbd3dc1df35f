import { lazy } from 'react';

const AIConsoleApp = lazy(() => import('@ai-console/app/AIConsoleApp'));

export function AppRoutes() {
  return <AIConsoleApp />;
}
