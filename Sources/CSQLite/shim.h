#ifndef LOCI_CSQLITE_SHIM_H
#define LOCI_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
