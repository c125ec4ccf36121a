# Waggle with what its pages load inside; runs as a plain user and keeps its data in /data.
FROM node:22-bookworm-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --silent

FROM python:3.11-slim-bookworm AS pages
WORKDIR /build
COPY --from=packages /build/node_modules node_modules
COPY bin/setup.d bin/setup.d
COPY web web
RUN python bin/setup.d/vendored.py

FROM python:3.11-slim-bookworm
WORKDIR /app
COPY requirements.txt LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
RUN useradd --uid 10001 --no-create-home waggle \
    && mkdir /data \
    && chown waggle /data \
    && printf '#!/bin/sh\nexec python -m web.commands "$@"\n' > /usr/local/bin/waggle \
    && chmod 755 /usr/local/bin/waggle
COPY sessions sessions
COPY workshop workshop
COPY --from=pages /build/web web
RUN python -m compileall -q sessions workshop web
USER 10001
ENV WAGGLE_DATA=/data PYTHONPATH=/app PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('WAGGLE_PORT', 8000)}/healthz\", timeout=4)"]
CMD ["waggle", "serve", "--quiet"]
