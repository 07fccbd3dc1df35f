import ReactDOM from 'react-dom/client';
import App from './App';

// The console as a whole; the registered main.tsx is another file.
ReactDOM.createRoot(document.getElementById('root')!).render(<App />);
