#ifndef LOCI_CSQLITE_SHIM_H
#define LOCI_CSQLITE_SHIM_H

#include <sqlite3.h>

/* Turns a switch of a connection on or off: the function is variadic, which Swift can't call. */
static inline int loci_sqlite3_switch(sqlite3 *connection, int option, int is_on) {
  return sqlite3_db_config(connection, option, is_on, (int *)0);
}

/* Reads bytes of the main file itself, whatever the log holds, through SQLite's own descriptor: a
   second one would, when it is closed, release every lock that SQLite has on the file. */
static inline int loci_sqlite3_read_file(
    sqlite3 *connection, void *buffer, int count, sqlite3_int64 offset) {
  sqlite3_file *file = 0;
  int code = sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK) return code;
  if (!file || !file->pMethods) return SQLITE_NOTFOUND;
  return file->pMethods->xRead(file, buffer, count, offset);
}

#endif
