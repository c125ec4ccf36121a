# Waggle with its assets inside; runs as a plain user and keeps its data in /data.
FROM node:22-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --silent

FROM python:3.11-slim-bookworm
WORKDIR /app
COPY requirements.txt LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY sessions sessions
COPY workshop workshop
COPY web web
COPY --from=assets /build/node_modules/@alpinejs/csp/dist/cdn.min.js web/static/vendor/alpine-csp-3.17.4.min.js
COPY --from=assets /build/node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2 web/static/vendor/bricolage-grotesque-5.3.0-latin.woff2
COPY --from=assets /build/node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-ext-wght-normal.woff2 web/static/vendor/bricolage-grotesque-5.3.0-latin-ext.woff2
RUN useradd --uid 10001 --no-create-home waggle \
    && mkdir /data \
    && chown waggle /data
USER 10001
ENV WAGGLE_DATA=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('WAGGLE_PORT', 8000)}/healthz\", timeout=4)"]
CMD ["python", "-m", "web.commands", "serve"]
