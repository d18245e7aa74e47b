#ifndef LOCI_CGUMBO_SHIM_H
#define LOCI_CGUMBO_SHIM_H

#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gumbo.h>

/* A page's tree. Its memory comes from blocks that are freed together: libgumbo frees a tree by
   recursion, which deep nesting would take through the end of the stack; and it expects that no
   allocation fails, while a small page can ask for a tree of any size. */
typedef struct loci_gumbo_block {
  struct loci_gumbo_block *next;
} loci_gumbo_block;

typedef struct {
  GumboOutput *output;
  loci_gumbo_block *blocks;
  char *free;
  size_t free_size;
  size_t left;
  jmp_buf too_large;
} loci_gumbo_page;

static inline void *loci_gumbo_allocate(void *context, size_t size) {
  loci_gumbo_page *page = (loci_gumbo_page *)context;
  size_t needed = (size + 15) & ~(size_t)15;
  if (needed < size) longjmp(page->too_large, 1);
  if (needed > page->free_size) {
    size_t content = needed > ((size_t)1 << 18) ? needed : (size_t)1 << 18;
    loci_gumbo_block *block =
        content > page->left ? NULL : (loci_gumbo_block *)malloc(content + 16);
    if (!block) longjmp(page->too_large, 1);
    page->left -= content;
    block->next = page->blocks;
    page->blocks = block;
    page->free = (char *)block + 16;
    page->free_size = content;
  }
  void *result = page->free;
  page->free += needed;
  page->free_size -= needed;
  return result;
}

static inline void loci_gumbo_deallocate(void *context, void *pointer) {
  (void)context;
  (void)pointer;
}

static inline void loci_gumbo_free(loci_gumbo_page *page) {
  if (!page) return;
  loci_gumbo_block *block = page->blocks;
  while (block) {
    loci_gumbo_block *next = block->next;
    free(block);
    block = next;
  }
  free(page);
}

/* Reads a page of valid UTF-8, which must stay as long as the page does. NULL where its tree takes
   more than `limit` bytes. */
static inline loci_gumbo_page *loci_gumbo_read(const char *text, size_t length, size_t limit) {
  loci_gumbo_page *page = (loci_gumbo_page *)calloc(1, sizeof(loci_gumbo_page));
  if (!page) return NULL;
  page->left = limit;
  if (setjmp(page->too_large)) {
    loci_gumbo_free(page);
    return NULL;
  }
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = loci_gumbo_allocate;
  options.deallocator = loci_gumbo_deallocate;
  options.userdata = page;
  options.max_errors = 0;
  page->output = gumbo_parse_with_options(&options, text, length);
  return page;
}

static inline const GumboVector *loci_gumbo_children(const GumboNode *node) {
  switch (node->type) {
    case GUMBO_NODE_DOCUMENT: return &node->v.document.children;
    case GUMBO_NODE_ELEMENT: return &node->v.element.children;
    default: return NULL;
  }
}

/* One step of a walk over the whole tree: `is_leaving` tells whether `node` was left, and then
   whether the result is. NULL after the last one. */
static inline const GumboNode *loci_gumbo_step(const GumboNode *node, int *is_leaving) {
  const GumboVector *children = loci_gumbo_children(node);
  if (!*is_leaving && children && children->length > 0) {
    return (const GumboNode *)children->data[0];
  }
  if (!*is_leaving && children) {
    *is_leaving = 1;
    return node;
  }
  const GumboNode *parent = node->parent;
  if (!parent) return NULL;
  const GumboVector *siblings = loci_gumbo_children(parent);
  size_t next = node->index_within_parent + 1;
  *is_leaving = next >= siblings->length;
  return *is_leaving ? parent : (const GumboNode *)siblings->data[next];
}

static inline const GumboNode *loci_gumbo_document(const loci_gumbo_page *page) {
  return page->output->document;
}

/* The text of a text node; NULL for what is none. */
static inline const char *loci_gumbo_text(const GumboNode *node) {
  switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE: return node->v.text.text;
    default: return NULL;
  }
}

static inline unsigned int loci_gumbo_line(const GumboNode *node) {
  switch (node->type) {
    case GUMBO_NODE_DOCUMENT: return 1;
    case GUMBO_NODE_ELEMENT: return node->v.element.start_pos.line;
    default: return node->v.text.start_pos.line;
  }
}

/* An element's tag; GUMBO_TAG_LAST for what is no element, GUMBO_TAG_UNKNOWN outside HTML. */
static inline int loci_gumbo_tag(const GumboNode *node) {
  if (node->type != GUMBO_NODE_ELEMENT) return GUMBO_TAG_LAST;
  if (node->v.element.tag == GUMBO_TAG_SVG) return GUMBO_TAG_SVG;
  if (node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML) return GUMBO_TAG_UNKNOWN;
  return node->v.element.tag;
}

static inline const char *loci_gumbo_attribute(const GumboNode *node, const char *name) {
  if (node->type != GUMBO_NODE_ELEMENT) return NULL;
  GumboAttribute *attribute = gumbo_get_attribute(&node->v.element.attributes, name);
  return attribute ? attribute->value : NULL;
}

#endif
