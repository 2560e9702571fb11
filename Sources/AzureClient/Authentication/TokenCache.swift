package import BackupDomain
import FoundationEssentials
import Synchronization

/// Keeps the tokens of one credential, renews them early, and asks for each only once at a time.
///
/// A token serves until five minutes before its end, or until the moment that its giver named for renewal. The first
/// caller that finds it due renews it; others use it while it is valid, or wait. A caller that is cancelled while it
/// renews hands the renewal over to one that waits; one that is cancelled while it waits only stops waiting:
///
/// ```
/// first caller           second caller
/// ------------           -------------
/// asks the credential
///                        waits
/// cancelled, hands over
///                        asks the credential, gets a token
/// ```
///
/// A failed renewal leaves nothing behind: while the old token is valid it serves, and renewal is tried again half a minute
/// later; after that the next caller tries again.
package final class TokenCache: Sendable {
    private static let margin = 300.0
    private static let lastMargin = 30.0
    private static let pause = 30.0

    private let credential: any TokenCredential
    private let clock: any WallClock
    private let entries = Mutex<[String: TokenCacheEntry]>([:])

    /// Creates an empty cache.
    ///
    /// - Parameters:
    ///   - credential: Where tokens come from.
    ///   - clock: The present.
    package init(_ credential: any TokenCredential, clock: any WallClock) {
        self.credential = credential
        self.clock = clock
    }

    /// The name of the credential, or of the one that a chain settled on.
    package var credentialName: String { self.credential.name }

    /// Gets a token that is valid for a while.
    ///
    /// - Parameter audience: What the token is for.
    /// - Returns: The token.
    /// - Throws: What the credential throws; `CancellationError` when the task is cancelled.
    package func token(for audience: String) async throws -> AccessToken {
        while true {
            try Task.checkCancellation()
            switch self.next(audience) {
            case .use(let token): return token
            case .renew(let old): return try await self.renew(audience, old: old)
            case .wait:
                switch await self.wait(audience) {
                case .token(let token): return token
                case .failure(let error): throw error
                case .handover: continue
                }
            }
        }
    }

    /// Throws a token away that Azure did not accept; one that has replaced it meanwhile stays.
    ///
    /// - Parameters:
    ///   - token: The token that was refused.
    ///   - audience: What it was for.
    package func invalidate(_ token: AccessToken, for audience: String) {
        self.entries.withLock { entries in
            if entries[audience]?.token?.secret == token.secret { entries[audience]?.token = nil }
        }
    }

    private enum Step {
        case use(AccessToken)
        case renew(old: AccessToken?)
        case wait
    }

    private func next(_ audience: String) -> Step {
        let now = self.clock.now
        return self.entries.withLock { entries in
            var entry = entries[audience] ?? TokenCacheEntry()
            if let token = entry.token, now + Self.lastMargin < token.expiresAt {
                let due = min(token.refreshAt ?? token.expiresAt - Self.margin, token.expiresAt - Self.margin)
                if now < due || entry.isRenewing || entry.pauseUntil.map({ now < $0 }) ?? false { return .use(token) }
            }
            if entry.isRenewing { return .wait }
            entry.isRenewing = true
            entries[audience] = entry
            return .renew(old: entry.token)
        }
    }

    private func renew(_ audience: String, old: AccessToken?) async throws -> AccessToken {
        do {
            let token = try await self.credential.token(for: audience)
            self.finish(audience, .token(token)) { $0.token = token }
            return token
        } catch {
            if Task.isCancelled || error is CancellationError {
                self.finish(audience, .handover) { _ in }
                throw CancellationError()
            }
            let now = self.clock.now
            guard let old, now + Self.lastMargin < old.expiresAt else {
                self.finish(audience, .failure(error)) { _ in }
                throw error
            }
            self.finish(audience, .token(old)) { $0.pauseUntil = now + Self.pause }
            return old
        }
    }

    private func finish(
        _ audience: String,
        _ signal: TokenCacheEntry.Signal,
        _ change: (inout TokenCacheEntry) -> Void
    ) {
        let waiters = self.entries.withLock { entries in
            var entry = entries[audience] ?? TokenCacheEntry()
            let waiters = entry.waiters
            entry.isRenewing = false
            entry.waiters = [:]
            change(&entry)
            entries[audience] = entry
            return waiters
        }
        // In the order in which they came: a dictionary has none that would be the same again.
        for (_, waiter) in waiters.sorted(by: { $0.key < $1.key }) { waiter.resume(returning: signal) }
    }

    private func wait(_ audience: String) async -> TokenCacheEntry.Signal {
        let id = self.entries.withLock { entries in
            let id = (entries[audience]?.lastWaiter ?? 0) + 1
            entries[audience, default: TokenCacheEntry()].lastWaiter = id
            return id
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The renewal may have ended, or the task been cancelled, since the last look: then go round again.
                let isLate = self.entries.withLock { entries in
                    guard !Task.isCancelled, entries[audience]?.isRenewing == true else { return true }
                    entries[audience]?.waiters[id] = continuation
                    return false
                }
                if isLate { continuation.resume(returning: .handover) }
            }
        } onCancel: {
            let waiter = self.entries.withLock { $0[audience]?.waiters.removeValue(forKey: id) }
            waiter?.resume(returning: .handover)
        }
    }
}
