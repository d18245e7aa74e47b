/* PostgreSQL through libpq alone, on the table that Loci made: the statements that Loci runs,
 * prepared, with binary parameters and results; a hundred rows in one pipeline, ten thousand copied
 * in binary. At the end the table is left as it was, and vacuumed.
 *
 * usage: direct CONNINFO SCHEMA TABLE DATA
 * DATA is a folder of float32 files: queries, vectors, and fresh ones to be written.
 * The last line of the output is the answer. */
#include <arpa/inet.h>
#include <endian.h>
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DIMENSION = 384, WARM_UP = 3, MOST = 10000 };
enum { SINGLES = 30, BATCHES = 10, BATCH = 100, DELETIONS = 230 };
enum { COLUMNS = 10, VECTOR = 4 + 4 * DIMENSION };

static PGconn *connection;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void fail(void) {
  fprintf(stderr, "direct: %s", PQerrorMessage(connection));
  exit(1);
}

static void check(PGresult *result, ExecStatusType expected) {
  if (PQresultStatus(result) != expected) fail();
  PQclear(result);
}

static void run(const char *sql) { check(PQexec(connection, sql), PGRES_COMMAND_OK); }

static void prepare(const char *name, const char *sql) {
  check(PQprepare(connection, name, sql, 0, NULL), PGRES_COMMAND_OK);
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static double median(double *times, int count) {
  qsort(times, count, sizeof *times, ascending);
  return times[count / 2];
}

struct vectors {
  float *components;
  int count;
};

static struct vectors read_vectors(const char *folder, const char *name) {
  char path[4000];
  snprintf(path, sizeof path, "%s/%s.f32", folder, name);
  struct vectors vectors = {malloc(sizeof(float) * DIMENSION * MOST), 0};
  FILE *file = fopen(path, "rb");
  if (!file || !vectors.components) exit(2);
  vectors.count = fread(vectors.components, sizeof(float) * DIMENSION, MOST, file);
  fclose(file);
  return vectors;
}

static const float *row_of(struct vectors vectors, int row) {
  return vectors.components + (int64_t)DIMENSION * row;
}

/* As pgvector's vector_recv reads it. */
static void encode(const float *vector, char *bytes) {
  uint16_t head[2] = {htons(DIMENSION), 0};
  memcpy(bytes, head, 4);
  for (int i = 0; i < DIMENSION; i++) {
    uint32_t bits;
    memcpy(&bits, vector + i, 4);
    bits = htonl(bits);
    memcpy(bytes + 4 + 4 * i, &bits, 4);
  }
}

/* A row's values in the order of the columns; NULL where the length is -1. */
struct row {
  char id[20], hash[32], vector[VECTOR];
  int64_t time;
  const char *values[COLUMNS];
  int lengths[COLUMNS];
};

static const int binary[COLUMNS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const char *columns =
    "namespace, id, content_hash, collection, status, category, created_at, source_uri, metadata,"
    " components";

/* As Loci's own task: only those of the first filling have a category, that filters ask for. */
static const char *category_of(const char *prefix, int number) {
  if (*prefix) return NULL;
  return number % 2 ? "fact" : number % 100 == 0 ? "preference" : NULL;
}

/* The hash is any that changes with the row. */
static void fill(struct row *row, const char *prefix, int number, const float *vector) {
  int length = snprintf(row->id, sizeof row->id, "%s%d", prefix, number);
  for (int i = 0; i < (int)sizeof row->hash; i++) row->hash[i] = number * 31 + i * number;
  encode(vector, row->vector);
  row->time = htobe64(1700000000000);
  const char *category = category_of(prefix, number);
  const char *values[COLUMNS] = {"bench", row->id, row->hash, "default", "active", category,
                                 (char *)&row->time, NULL, "{}", row->vector};
  int lengths[COLUMNS] = {5, length, sizeof row->hash, 7, 6, category ? (int)strlen(category) : -1,
                          8, -1, 2, VECTOR};
  memcpy(row->values, values, sizeof values);
  memcpy(row->lengths, lengths, sizeof lengths);
}

/* As Loci's search: the index gives candidates in half precision, exact vectors decide. */
static double searching(const char *table, struct vectors queries, int limit) {
  static char vector[VECTOR], sql[2000], name[20];
  static double times[MOST];
  snprintf(name, sizeof name, "nearest %d", limit);
  snprintf(
      sql, sizeof sql,
      "SELECT id, distance FROM (SELECT id, components <=> $1::vector AS distance FROM %s"
      " WHERE namespace = $2 AND status = $3"
      " ORDER BY components::halfvec(384) <=> $1::vector::halfvec(384) LIMIT %d) AS candidate"
      " ORDER BY distance, id LIMIT %d",
      table, limit < 100 ? limit + 4 : limit, limit);
  prepare(name, sql);
  const char *values[] = {vector, "bench", "active"};
  int lengths[] = {sizeof vector, 5, 6};
  int measured = 0;
  for (int i = -WARM_UP; i < queries.count; i++) {
    encode(row_of(queries, i < 0 ? i + WARM_UP : i), vector);
    double start = now();
    PGresult *result = PQexecPrepared(connection, name, 3, values, lengths, binary, 1);
    if (PQntuples(result) != limit) fail();
    if (i >= 0) times[measured++] = now() - start;
    check(result, PGRES_TUPLES_OK);
  }
  return median(times, measured);
}

static void insert(struct row *row) {
  check(
      PQexecPrepared(
          connection, "insert", COLUMNS, row->values, row->lengths, binary, 1),
      PGRES_COMMAND_OK);
}

static void insert_batch(struct row *rows) {
  if (!PQenterPipelineMode(connection)) fail();
  for (int i = -1; i <= BATCH; i++) {
    const char *edge = i < 0 ? "BEGIN" : "COMMIT";
    int sent = i < 0 || i == BATCH
                   ? PQsendQueryParams(connection, edge, 0, NULL, NULL, NULL, NULL, 1)
                   : PQsendQueryPrepared(
                         connection, "insert", COLUMNS, rows[i].values, rows[i].lengths, binary, 1);
    if (!sent) fail();
  }
  if (!PQpipelineSync(connection)) fail();
  for (int i = -1; i <= BATCH; i++) {
    check(PQgetResult(connection), PGRES_COMMAND_OK);
    if (PQgetResult(connection)) fail();
  }
  check(PQgetResult(connection), PGRES_PIPELINE_SYNC);
  if (!PQexitPipelineMode(connection)) fail();
}

static void delete(const char *prefix, int number) {
  char id[20];
  const char *values[] = {"bench", id};
  int lengths[] = {5, snprintf(id, sizeof id, "%s%d", prefix, number)};
  check(
      PQexecPrepared(connection, "delete", 2, values, lengths, binary, 1), PGRES_COMMAND_OK);
}

static char *append(char *end, int32_t value) {
  value = htonl(value);
  memcpy(end, &value, 4);
  return end + 4;
}

/* All rows in one transaction: copied into a table of this connection, and moved from there. */
static void copy(struct vectors vectors) {
  static char piece[2 * VECTOR];
  struct row row;
  run("BEGIN");
  check(PQexec(connection, "COPY incoming FROM STDIN (FORMAT binary)"), PGRES_COPY_IN);
  if (PQputCopyData(connection, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19) != 1) fail();
  for (int i = 0; i < vectors.count; i++) {
    fill(&row, "", i, row_of(vectors, i));
    char *end = piece;
    *end++ = 0;
    *end++ = COLUMNS;
    for (int column = 0; column < COLUMNS; column++) {
      int length = row.lengths[column];
      end = append(end, length);
      if (length > 0) end = (char *)memcpy(end, row.values[column], length) + length;
    }
    if (PQputCopyData(connection, piece, end - piece) != 1) fail();
  }
  if (PQputCopyData(connection, "\377\377", 2) != 1 || PQputCopyEnd(connection, NULL) != 1) fail();
  check(PQgetResult(connection), PGRES_COMMAND_OK);
  if (PQgetResult(connection)) fail();
  char sql[2000];
  snprintf(
      sql, sizeof sql,
      "INSERT INTO direct (%s) SELECT %s FROM incoming ON CONFLICT (namespace, id)"
      " DO UPDATE SET content_hash = excluded.content_hash, components = excluded.components",
      columns, columns);
  run(sql);
  run("COMMIT");
}

static double copying(const char *table, struct vectors vectors) {
  char sql[2000];
  snprintf(
      sql, sizeof sql,
      "CREATE TABLE direct (LIKE %s INCLUDING ALL);"
      "DO $$ DECLARE name text; BEGIN"
      " FOR name IN SELECT indexname FROM pg_indexes"
      " WHERE tablename = 'direct' AND indexdef LIKE '%%hnsw%%'"
      " LOOP EXECUTE format('DROP INDEX %%I', name); END LOOP; END $$",
      table);
  run(sql);
  double start = now();
  snprintf(sql, sizeof sql, "CREATE TEMP TABLE incoming AS SELECT %s FROM direct", columns);
  run(sql);
  copy(vectors);
  double time = now() - start;
  run("DROP TABLE direct");
  return time;
}

static void writing(struct vectors fresh, struct vectors before) {
  static struct row rows[BATCH];
  double times[DELETIONS];
  for (int i = 0; i < SINGLES; i++) {
    fill(rows, "new-", i, row_of(fresh, i));
    double start = now();
    insert(rows);
    times[i] = now() - start;
  }
  printf("\"insert_ms\": %f, ", median(times, SINGLES));
  for (int batch = 0; batch < BATCHES; batch++) {
    for (int i = 0; i < BATCH; i++) {
      int number = SINGLES + batch * BATCH + i;
      fill(rows + i, "new-", number, row_of(fresh, number));
    }
    double start = now();
    insert_batch(rows);
    times[batch] = now() - start;
  }
  printf("\"batch_100_ms\": %f, ", median(times, BATCHES));
  for (int i = 0; i < SINGLES; i++) {
    fill(rows, "", 7 * i, row_of(fresh, SINGLES + BATCHES * BATCH + i));
    double start = now();
    insert(rows);
    times[i] = now() - start;
  }
  printf("\"update_ms\": %f, ", median(times, SINGLES));
  for (int i = 0; i < SINGLES + BATCHES * BATCH; i++) {
    double start = now();
    delete("new-", i);
    if (i < DELETIONS) times[i] = now() - start;
  }
  printf("\"delete_ms\": %f, ", median(times, DELETIONS));
  /* Who comes next shall not find the changed vectors, which to replace by themselves is easy. */
  for (int i = 0; i < SINGLES; i++) {
    fill(rows, "", 7 * i, row_of(before, 7 * i));
    insert(rows);
  }
}

int main(int count, char **words) {
  if (count != 5) return 2;
  connection = PQconnectdb(words[1]);
  const char *schema = words[2], *table = words[3], *data = words[4];
  check(
      PQexecParams(
          connection,
          "SELECT set_config('search_path', quote_ident($1) || ', ' || quote_ident(n.nspname),"
          " false), set_config('hnsw.iterative_scan', 'strict_order', false),"
          " set_config('hnsw.ef_search', '100', false)"
          " FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace"
          " WHERE e.extname = 'vector'",
          1, NULL, &schema, NULL, NULL, 0),
      PGRES_TUPLES_OK);

  char sql[2000];
  snprintf(
      sql, sizeof sql,
      "INSERT INTO %s (%s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (namespace, id) DO UPDATE SET content_hash = excluded.content_hash,"
      " collection = excluded.collection, status = excluded.status, category = excluded.category,"
      " created_at = excluded.created_at, source_uri = excluded.source_uri,"
      " metadata = excluded.metadata, components = excluded.components",
      table, columns);
  prepare("insert", sql);
  snprintf(sql, sizeof sql, "DELETE FROM %s WHERE namespace = $1 AND id = $2", table);
  prepare("delete", sql);

  struct vectors queries = read_vectors(data, "queries");
  printf("{\"ten_p50_ms\": %f, ", searching(table, queries, 10));
  printf("\"hundred_p50_ms\": %f, ", searching(table, queries, 100));
  struct vectors vectors = read_vectors(data, "vectors");
  writing(read_vectors(data, "fresh"), vectors);
  printf("\"batch_10000_ms\": %f}\n", copying(table, vectors));
  snprintf(sql, sizeof sql, "VACUUM %s", table);
  run(sql);
  PQfinish(connection);
  return 0;
}
