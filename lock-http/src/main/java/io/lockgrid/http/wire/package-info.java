/** What the API families share: requests, replies, JSON, paths, and the lock service as an event loop sees it. */
@NullMarked
package io.lockgrid.http.wire;

import org.jspecify.annotations.NullMarked;
