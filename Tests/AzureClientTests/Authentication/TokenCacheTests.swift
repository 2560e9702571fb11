import BackupDomain
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import AzureClient

@Suite(.timeLimit(.minutes(1)))
struct TokenCacheTests {
    let clock = ManualClock(now: Fixture.now)

    @Test func `a token is asked for once and kept until five minutes before its end`() async throws {
        let credential = CountingCredential()
        let cache = TokenCache(credential, clock: self.clock)
        let first = try await cache.token(for: "a")
        self.clock.advance(by: .seconds(3299))
        #expect(try await cache.token(for: "a") == first)
        self.clock.advance(by: .seconds(1))
        #expect(try await cache.token(for: "a") != first)
        #expect(credential.asked == 2)
    }

    @Test func `audiences do not share tokens`() async throws {
        let cache = TokenCache(CountingCredential(), clock: self.clock)
        let first = try await cache.token(for: "a")
        #expect(try await cache.token(for: "b") != first)
    }

    @Test func `a token that Azure refused is replaced, its successor is not`() async throws {
        let cache = TokenCache(CountingCredential(), clock: self.clock)
        let first = try await cache.token(for: "a")
        cache.invalidate(first, for: "a")
        let second = try await cache.token(for: "a")
        #expect(second != first)
        cache.invalidate(first, for: "a")
        #expect(try await cache.token(for: "a") == second)
    }

    @Test func `a failed renewal does not stick, and the old token serves while it is valid`() async throws {
        let credential = GatedCredential()
        let cache = TokenCache(credential, clock: self.clock)
        credential.open(.success(Fixture.token(1)))
        let first = try await cache.token(for: "a")
        self.clock.advance(by: .seconds(3400))
        credential.open(.failure(BackupError(.unreachable, "away")))
        #expect(try await cache.token(for: "a") == first)
        // Within the pause nobody asks again.
        #expect(try await cache.token(for: "a") == first)
        #expect(credential.asked == 2)
        self.clock.advance(by: .seconds(180))
        credential.open(.failure(BackupError(.unreachable, "away")))
        await #expect(throws: BackupError(.unreachable, "")) { try await cache.token(for: "a") }
        credential.open(.success(Fixture.token(2, expiresIn: 9000)))
        #expect(try await cache.token(for: "a").secret == Fixture.token(2).secret)
    }

    @Test func `many callers make one request`() async throws {
        let credential = GatedCredential()
        let cache = TokenCache(credential, clock: self.clock)
        try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.token(for: "a").secret } }
            await credential.waiting(1)
            credential.open(.success(Fixture.token(7)))
            for try await secret in group { #expect(secret == Fixture.token(7).secret) }
        }
        #expect(credential.asked == 1)
    }

    @Test func `those who wait share the failure, later callers do not`() async throws {
        let credential = GatedCredential()
        let cache = TokenCache(credential, clock: self.clock)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { (try? await cache.token(for: "a")) == nil } }
            await credential.waiting(1)
            credential.failAll = true
            credential.open(.failure(BackupError(.unreachable, "away")))
            for await failed in group { #expect(failed) }
        }
        credential.failAll = false
        credential.open(.success(Fixture.token(1)))
        #expect(try await cache.token(for: "a").secret == Fixture.token(1).secret)
    }

    /// ```
    /// first            second
    /// -----            ------
    /// asks
    ///                  waits
    /// cancelled
    ///                  asks, gets the token
    /// ```
    @Test func `a caller that is cancelled while it renews hands over to one that waits`() async throws {
        let credential = GatedCredential()
        let cache = TokenCache(credential, clock: self.clock)
        let first = Task { try await cache.token(for: "a") }
        await credential.waiting(1)
        let second = Task { try await cache.token(for: "a") }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        await credential.waiting(1)
        credential.open(.success(Fixture.token(5)))
        #expect(try await second.value.secret == Fixture.token(5).secret)
        #expect(credential.asked == 2)
    }

    @Test func `a caller that is cancelled while it waits stops only itself`() async throws {
        let credential = GatedCredential()
        let cache = TokenCache(credential, clock: self.clock)
        let first = Task { try await cache.token(for: "a") }
        await credential.waiting(1)
        let second = Task { try await cache.token(for: "a") }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        credential.open(.success(Fixture.token(3)))
        #expect(try await first.value.secret == Fixture.token(3).secret)
        #expect(credential.asked == 1)
    }

    @Test func `while it is renewed early the old token serves`() async throws {
        let credential = GatedCredential()
        let cache = TokenCache(credential, clock: self.clock)
        credential.open(.success(Fixture.token(1)))
        let first = try await cache.token(for: "a")
        self.clock.advance(by: .seconds(3400))
        let renewal = Task { try await cache.token(for: "a") }
        await credential.waiting(1)
        #expect(try await cache.token(for: "a") == first)
        credential.open(.success(Fixture.token(2, expiresIn: 9000)))
        #expect(try await renewal.value.secret == Fixture.token(2).secret)
    }

    @Test(arguments: 0..<100)
    func noRaceLosesAWaiter(_ seed: Int) async throws {
        let credential = CountingCredential()
        let cache = TokenCache(credential, clock: self.clock)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    let task = Task { try await cache.token(for: "a") }
                    if (number + seed).isMultiple(of: 3) { task.cancel() }
                    _ = await task.result
                }
            }
        }
        #expect(try await cache.token(for: "a").secret.reveal().isEmpty == false)
    }

    @Test func `a report tells everything but the token`() async throws {
        let report = try await Fixture.tokens(self.clock).report(for: "a")
        #expect(report.tenantID == Fixture.tenant)
        #expect(report.objectID == "0b1ec7")
        #expect(report.credential == "counting")
        let text = String(decoding: try JSONEncoder.stable().encode(report), as: UTF8.self)
        #expect(!text.contains(Fixture.token().secret.reveal()))
        #expect(text.contains("tenantId"))
    }
}
