#ifndef LOCI_CCOMMONMARK_SHIM_H
#define LOCI_CCOMMONMARK_SHIM_H

#include <string.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
/* Installed beside the public headers. The blocks are read from the open tree: reading them from a
   finished one means parsing every inline, too, which costs most of the time, and on hostile texts
   more than linear time. */
#include <cmark-gfm/parser.h>

typedef enum {
  LOCI_BLOCK_OTHER,
  LOCI_BLOCK_QUOTE,
  LOCI_BLOCK_LIST,
  LOCI_BLOCK_ITEM,
  LOCI_BLOCK_CODE,
  LOCI_BLOCK_HTML,
  LOCI_BLOCK_PARAGRAPH,
  LOCI_BLOCK_HEADING,
  LOCI_BLOCK_TABLE,
  LOCI_BLOCK_TABLE_PART
} loci_block_kind;

/* A kind of block; those of tables have no number that is known when this is compiled. */
static inline loci_block_kind loci_cmark_kind(cmark_node *node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
    case CMARK_NODE_FOOTNOTE_DEFINITION: return LOCI_BLOCK_QUOTE;
    case CMARK_NODE_LIST: return LOCI_BLOCK_LIST;
    case CMARK_NODE_ITEM: return LOCI_BLOCK_ITEM;
    case CMARK_NODE_CODE_BLOCK: return LOCI_BLOCK_CODE;
    case CMARK_NODE_HTML_BLOCK: return LOCI_BLOCK_HTML;
    case CMARK_NODE_PARAGRAPH: return LOCI_BLOCK_PARAGRAPH;
    case CMARK_NODE_HEADING: return LOCI_BLOCK_HEADING;
    default: break;
  }
  const char *name = cmark_node_get_type_string(node);
  if (strcmp(name, "table") == 0) return LOCI_BLOCK_TABLE;
  return strncmp(name, "table", 5) == 0 ? LOCI_BLOCK_TABLE_PART : LOCI_BLOCK_OTHER;
}

/* The document, whose blocks may still be open. */
static inline cmark_node *loci_cmark_root(cmark_parser *parser) { return parser->root; }

static inline int loci_cmark_is_open(cmark_node *node) {
  return (node->flags & CMARK_NODE__OPEN) != 0;
}

/* The text of a heading, its marks gone and its inlines not parsed. */
static inline const unsigned char *loci_cmark_text(cmark_node *node, int *length) {
  *length = node->content.size;
  return node->content.ptr;
}

#endif
