import ReactDOM from 'react-dom/client';
import { AIConsoleApp } from './app/AIConsoleApp';

ReactDOM.createRoot(document.getElementById('root')!).render(<AIConsoleApp />);
