/**
 * What comes back: taking reports in, reading mailboxes for them, and what people say of those that
 * were read wrongly or not linked.
 */
@NullMarked
package io.leverans.application.service.report;

import org.jspecify.annotations.NullMarked;
