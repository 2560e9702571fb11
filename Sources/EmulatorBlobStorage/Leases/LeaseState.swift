import Foundation

/// A lease on a container or a blob, as a state machine whose time is passed in.
///
/// A lease that runs out or finishes breaking does so without a transition: ``phase(at:)`` says what it has become.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/lease-blob>,
/// <https://learn.microsoft.com/rest/api/storageservices/lease-container>
struct LeaseState: Hashable, Codable, Sendable {
    /// What the lease is at one moment, by Azure's names.
    enum Phase: String, Codable, Sendable {
        case available, leased, breaking, broken, expired
    }

    private enum Kind: String, Codable { case none, fixed, infinite, breaking }

    private var kind = Kind.none
    private(set) var id: String?
    /// Seconds asked for; what a renewal starts again.
    private var seconds = 0
    private var endsAt: Date?

    static let available = Self()

    func phase(at now: Date) -> Phase {
        let isOver = self.endsAt.map { $0 <= now } ?? false
        return switch self.kind {
        case .none: .available
        case .infinite: .leased
        case .fixed: isOver ? .expired : .leased
        case .breaking: isOver ? .broken : .breaking
        }
    }

    /// `infinite` or `fixed` while leased, otherwise nil.
    func duration(at now: Date) -> String? {
        guard self.phase(at: now) == .leased else { return nil }
        return self.kind == .infinite ? "infinite" : "fixed"
    }

    /// Whether writers without the id are kept out.
    func isLocked(at now: Date) -> Bool { [.leased, .breaking].contains(self.phase(at: now)) }

    /// Seconds until the lease ends, rounded up.
    func remaining(at now: Date) -> Int {
        guard let endsAt = self.endsAt, endsAt > now else { return 0 }
        return Int(min(endsAt.timeIntervalSince(now).rounded(.up), 1_000_000))
    }
}

extension LeaseState {
    /// Takes the lease; minus one second means for ever.
    mutating func acquire(id: String, seconds: Int, at now: Date) throws(StorageError) {
        switch self.phase(at: now) {
        case .leased where self.id != id: throw .leaseAlreadyPresent
        case .breaking: throw self.id == id ? .leaseIsBreakingAndCannotBeAcquired : .leaseAlreadyPresent
        default: break
        }
        self.id = id
        self.seconds = seconds
        self.start(at: now)
    }

    /// Starts the term again.
    mutating func renew(id: String, at now: Date) throws(StorageError) {
        guard self.id == id else { throw .leaseIdMismatchWithLeaseOperation }
        switch self.phase(at: now) {
        case .available: throw .leaseIdMismatchWithLeaseOperation
        case .breaking, .broken: throw .leaseIsBrokenAndCannotBeRenewed
        case .leased, .expired: self.start(at: now)
        }
    }

    /// Gives the lease another id.
    mutating func change(id: String, to proposed: String, at now: Date) throws(StorageError) {
        switch self.phase(at: now) {
        case .available, .broken, .expired: throw .leaseNotPresentWithLeaseOperation
        case .breaking:
            throw self.id == id ? .leaseIsBreakingAndCannotBeChanged : .leaseIdMismatchWithLeaseOperation
        case .leased:
            // Already changed to what is proposed: a repeated request succeeds again.
            guard self.id == id || self.id == proposed else { throw .leaseIdMismatchWithLeaseOperation }
            self.id = proposed
        }
    }

    /// Gives the lease back.
    mutating func release(id: String) throws(StorageError) {
        guard self.kind != .none, self.id == id else { throw .leaseIdMismatchWithLeaseOperation }
        self = .available
    }

    /// Ends the lease without knowing its id, at once or within a period that can only shorten what remains.
    ///
    /// Returns the seconds until it is broken.
    mutating func `break`(period: Int?, at now: Date) throws(StorageError) -> Int {
        let wait: Int
        switch self.phase(at: now) {
        case .available: throw .leaseNotPresentWithLeaseOperation
        case .broken, .expired: wait = 0
        case .leased where self.kind == .infinite: wait = period ?? 0
        case .leased, .breaking: wait = min(period ?? .max, self.remaining(at: now))
        }
        self.kind = .breaking
        self.endsAt = now.addingTimeInterval(TimeInterval(wait))
        return wait
    }

    private mutating func start(at now: Date) {
        self.kind = self.seconds < 0 ? .infinite : .fixed
        self.endsAt = self.seconds < 0 ? nil : now.addingTimeInterval(TimeInterval(self.seconds))
    }
}
