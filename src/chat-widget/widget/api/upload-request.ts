import { ChatError } from './chat-error.js';
import type { ChatApi } from './chat-api.js';
import type { UploadView } from '../../api/views.interface.js';

/** Sends a file with XMLHttpRequest, since `fetch` does not tell how far it is. */
export function uploadFile(
  api: ChatApi,
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<UploadView> {
  return api.inSession(() => send(api, file, onProgress, signal));
}

function send(
  api: ChatApi,
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<UploadView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', api.urlOf(`uploads?name=${encodeURIComponent(file.name)}`));
    const headers = { ...api.headers(), 'Content-Type': 'application/octet-stream' };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener('error', () => reject(new ChatError('offline')));
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response);
      else reject(ChatError.ofStatus(request.status, request.getResponseHeader('Retry-After')));
    });
    signal.addEventListener('abort', () => request.abort());
    if (!signal.aborted) request.send(file);
  });
}
