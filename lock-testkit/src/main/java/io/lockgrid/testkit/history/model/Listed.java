package io.lockgrid.testkit.history.model;

import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Listing.Seat;
import java.util.List;

/** The lock looked like this. */
public record Listed(Listing listing) implements Act {
    @Override
    public List<LockState> after(LockState lock, Span now) {
        Hold hold = lock.hold();
        if (listing.held() == (hold == null)) {
            return List.of();
        }
        if (hold == null || !listing.showsQueue()) {
            return List.of(lock);
        }
        List<Seat> seats = listing.seats();
        if (seats.size() != 1 + lock.queue().size() || !isSeatOf(seats.getFirst(), hold.ticket())) {
            return List.of();
        }
        for (int i = 1; i < seats.size(); i++) {
            if (!isSeatOf(seats.get(i), lock.queue().get(i - 1))) {
                return List.of();
            }
        }
        long token = seats.getFirst().token();
        return token == 0 ? List.of(lock) : lock.told(token).map(List::of).orElse(List.of());
    }

    private static boolean isSeatOf(Seat seat, Ticket ticket) {
        if (!ticket.id().isEmpty()) {
            return ticket.id().equals(seat.ticket());
        }
        boolean mayBeToken = seat.token() == 0 || ticket.token() == 0 || seat.token() == ticket.token();
        // All that come through OpenSearch have one name.
        return mayBeToken
                && (ticket.family().equals("opensearch")
                        ? seat.holder().startsWith("opensearch:")
                        : ticket.isShownAs(seat.holder()));
    }

    @Override
    public boolean changes() {
        return false;
    }
}
