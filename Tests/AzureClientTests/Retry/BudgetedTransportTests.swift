import BackupDomain
import FoundationEssentials
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AzureClient

@Suite("Calls that wait for their budget", .timeLimit(.minutes(1)))
struct BudgetedTransportTests {
    private func request(_ subscription: String, _ method: HTTPRequest.Method = .get) throws -> HTTPExchangeRequest {
        let url = try #require(URL(string: "https://management.azure.com/subscriptions/\(subscription)/resources"))
        return HTTPExchangeRequest(method: method, url: url)
    }

    private static let usedUp = HTTPExchangeResponse.text(
        429,
        "",
        ["Retry-After": "17", "x-ms-ratelimit-remaining-subscription-reads": "0"]
    )

    @Test func `a refusal of one holds all callers of that subscription, and no other`() async throws {
        let clock = ManualClock()
        let network = ScriptedTransport { _, number in number == 0 ? Self.usedUp : .text(200) }
        let budgets = SubscriptionBudgets()
        // Two clients, as two runs have them, with one set of budgets.
        let first = BudgetedTransport(base: network, budgets: budgets, clock: clock)
        let second = BudgetedTransport(base: network, budgets: budgets, clock: clock)
        let (one, other, write) = (try self.request("one"), try self.request("other"), try self.request("one", .post))
        #expect(try await first.send(one).status == 429)
        #expect(try await second.send(other).status == 200)
        async let held = second.send(one)
        async let heldToo = second.send(write)
        await clock.sleepers(2)
        clock.advance(by: .seconds(18))
        clock.advance(by: .seconds(1))
        #expect(try await held.status == 200)
        #expect(try await heldToo.status == 200)
        #expect(Set(clock.slept) == [.seconds(17), .seconds(17) + .milliseconds(1040)])
        #expect(budgets.waits.count == 2)
    }

    @Test func `whoever waits goes on waiting where somebody is refused meanwhile`() async throws {
        let clock = ManualClock()
        let answers = Answers()
        let network = ScriptedTransport { _, _ in answers.next() }
        let transport = BudgetedTransport(base: network, budgets: SubscriptionBudgets(), clock: clock)
        let request = try self.request("one")
        answers.set(.text(200, "", ["x-ms-ratelimit-remaining-subscription-reads": "1"]))
        _ = try await transport.send(request)
        answers.set(.text(200))
        async let waiting = transport.send(request)
        await clock.sleepers(1)
        transport.budgets.settle(CallScope(request), Self.usedUp, at: clock.uptime)
        clock.advance(by: .seconds(2))
        await clock.sleepers(1)
        #expect(network.requests.count == 1)
        clock.advance(by: .seconds(15))
        #expect(try await waiting.status == 200)
        #expect(network.requests.count == 2)
    }

    @Test func `a call whose turn is too far is not made`() async throws {
        let clock = ManualClock()
        let refusal = HTTPExchangeResponse.text(429, "", ["Retry-After": "3600"])
        let network = ScriptedTransport([.success(refusal)])
        let transport = BudgetedTransport(base: network, budgets: SubscriptionBudgets(), clock: clock)
        let request = try self.request("one")
        _ = try await transport.send(request)
        let failure = await #expect(throws: TransportFailure.self) { try await transport.send(request) }
        #expect(failure?.error.code == .throttled)
        #expect(failure?.mayHaveArrived == false)
        #expect(failure?.error.message.contains("the subscription one: the next one may be made in 1 h") == true)
        #expect(network.requests.count == 1)
    }

    @Test func `a call that is cancelled while it waits leaves nothing behind`() async throws {
        let clock = ManualClock()
        let network = ScriptedTransport([.success(Self.usedUp), .success(.text(200))])
        let transport = BudgetedTransport(base: network, budgets: SubscriptionBudgets(), clock: clock)
        let request = try self.request("one")
        _ = try await transport.send(request)
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await transport.send(request) }
                await clock.sleepers(1)
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(network.requests.count == 1)
    }
}

/// The answer that a scripted network gives next.
private final class Answers: Sendable {
    private let answer = Mutex(HTTPExchangeResponse.text(200))
    func set(_ answer: HTTPExchangeResponse) { self.answer.withLock { $0 = answer } }
    func next() -> HTTPExchangeResponse { self.answer.withLock(\.self) }
}
