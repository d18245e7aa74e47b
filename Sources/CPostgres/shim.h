#ifndef LOCI_CPOSTGRES_SHIM_H
#define LOCI_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

#endif
