/* PostgreSQL through libpq alone, on the table that Loci made: the statement that Loci's search
 * runs, prepared, with binary parameters and results.
 *
 * usage: direct CONNINFO SCHEMA TABLE QUERIES      QUERIES: a file of float32, 384 a query
 * The last line of the output is the answer. */
#include <arpa/inet.h>
#include <endian.h>
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DIMENSION = 384, WARM_UP = 3, MOST = 1000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void check(PGconn *connection, PGresult *result, ExecStatusType expected) {
  if (PQresultStatus(result) != expected) {
    fprintf(stderr, "direct: %s", PQerrorMessage(connection));
    exit(1);
  }
}

/* As pgvector's vector_recv reads it. */
static void encode(const float *query, char *bytes) {
  uint16_t head[2] = {htons(DIMENSION), 0};
  memcpy(bytes, head, 4);
  for (int i = 0; i < DIMENSION; i++) {
    uint32_t bits;
    memcpy(&bits, query + i, 4);
    bits = htonl(bits);
    memcpy(bytes + 4 + 4 * i, &bits, 4);
  }
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static double median(PGconn *connection, const float *queries, int count, int64_t limit) {
  static char vector[4 + 4 * DIMENSION];
  static double times[MOST];
  int64_t last = htobe64(limit), candidates = htobe64(limit + (limit / 4 > 10 ? limit / 4 : 10));
  const char *values[] = {vector, "bench", "active", (char *)&candidates, (char *)&last};
  int lengths[] = {sizeof vector, 5, 6, 8, 8}, formats[] = {1, 1, 1, 1, 1};
  int measured = 0;
  for (int i = -WARM_UP; i < count && measured < MOST; i++) {
    encode(queries + (int64_t)DIMENSION * (i < 0 ? i + WARM_UP : i), vector);
    double start = now();
    PGresult *result =
        PQexecPrepared(connection, "nearest", 5, values, lengths, formats, 1);
    check(connection, result, PGRES_TUPLES_OK);
    if (PQntuples(result) != limit) exit(2);
    if (i >= 0) times[measured++] = now() - start;
    PQclear(result);
  }
  qsort(times, measured, sizeof *times, ascending);
  return times[measured / 2];
}

int main(int count, char **words) {
  if (count != 5) return 2;
  PGconn *connection = PQconnectdb(words[1]);
  const char *schema = words[2];
  PGresult *result = PQexecParams(
      connection,
      "SELECT set_config('search_path', quote_ident($1) || ', ' || quote_ident(n.nspname), false),"
      " set_config('hnsw.iterative_scan', 'strict_order', false),"
      " set_config('hnsw.ef_search', '100', false)"
      " FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace"
      " WHERE e.extname = 'vector'",
      1, NULL, &schema, NULL, NULL, 0);
  check(connection, result, PGRES_TUPLES_OK);
  PQclear(result);

  char sql[2000];
  snprintf(
      sql, sizeof sql,
      "WITH candidate AS MATERIALIZED ("
      " SELECT id, components FROM %s WHERE namespace = $2 AND status = $3"
      " ORDER BY components::halfvec(384) <=> $1::vector::halfvec(384) LIMIT $4)"
      " SELECT id, components <=> $1::vector AS distance FROM candidate"
      " ORDER BY distance, id LIMIT $5",
      words[3]);
  result = PQprepare(connection, "nearest", sql, 0, NULL);
  check(connection, result, PGRES_COMMAND_OK);
  PQclear(result);

  FILE *file = fopen(words[4], "rb");
  static float queries[MOST * DIMENSION];
  if (!file) return 2;
  int number = fread(queries, 4 * DIMENSION, MOST, file);
  fclose(file);
  printf("{\"ten_p50_ms\": %f, ", median(connection, queries, number, 10));
  printf("\"hundred_p50_ms\": %f}\n", median(connection, queries, number, 100));
  PQfinish(connection);
  return 0;
}
