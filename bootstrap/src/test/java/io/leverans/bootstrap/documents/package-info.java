/** What the documents say is what the code does. */
@NullMarked
package io.leverans.bootstrap.documents;

import org.jspecify.annotations.NullMarked;
