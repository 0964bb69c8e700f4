/** How every client of the SDK talks: our own retries know the deadline, and nothing may hang where a network has no way out. */
export const CLIENT_OPTIONS = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
} as const;
