FROM python:3.11-slim-bookworm

# Letters as PDF need Pango, backups pg_dump; everything else comes with the locked packages.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /srv/fondaco fondaco

WORKDIR /srv/fondaco
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=fondaco.config.settings FONDACO_VAR=/srv/fondaco/var

COPY requirements/prod.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/prod.lock

COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
 && if [ -d locale ]; then pybabel -q compile -d locale -D django; fi \
 && python manage.py collectstatic --noinput --verbosity 0 \
 && mkdir -p var/uploads var/keys var/spool var/backups \
 && chown -R fondaco var

USER fondaco
VOLUME ["/srv/fondaco/var/uploads", "/srv/fondaco/var/keys", "/srv/fondaco/var/spool", "/srv/fondaco/var/backups"]
EXPOSE 8000
CMD ["gunicorn", "fondaco.config.wsgi", "--bind", "0.0.0.0:8000", "-k", "fondaco.web.arrivals.Worker", \
     "-w", "2", "--threads", "8", "--timeout", "60", "--graceful-timeout", "30", "--keep-alive", "5", \
     "--backlog", "4096", "--worker-connections", "4000", "--max-requests", "20000", \
     "--max-requests-jitter", "2000", "--worker-tmp-dir", "/dev/shm"]
