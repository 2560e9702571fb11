import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Limits of calls")
struct ThrottleTests {
    private static let groups = "\(World.builtIn.subscriptions[0].scope)/resourceGroups"

    private static func principal(_ number: Int) -> Principal {
        Principal(
            objectID: "00000000-0000-4000-8000-0000000000\(number)",
            clientID: "c",
            tenantID: World.builtIn.tenantID
        )
    }

    /// The built-in world with buckets of three, which fill up at one in two seconds.
    private static func small(_ change: (inout ThrottlingLimits) -> Void = { _ in }) -> World {
        var world = World.builtIn
        let limit = BucketLimit(capacity: 3, refillPerSecond: 0.5)
        world.throttling = ThrottlingLimits(reads: limit, writes: limit, deletes: limit, globalFactor: 2)
        change(&world.throttling)
        return world
    }

    struct Counter: CustomTestStringConvertible, Sendable {
        var method: HTTPRequest.Method
        var path: String
        var headers: [String: String]

        var testDescription: String { "\(self.method) \(self.path.suffix(40))" }
    }

    static let counters = [
        Counter(
            method: .get,
            path: groups,
            headers: ["subscription-reads": "249", "subscription-global-reads": "3749"]
        ),
        Counter(
            method: .put,
            path: "\(groups)/x",
            headers: ["subscription-writes": "199", "subscription-global-writes": "2999"]
        ),
        Counter(
            method: .post,
            path: "\(World.builtIn.instances[0].id)/backup",
            headers: ["subscription-writes": "199", "subscription-global-writes": "2999"]
        ),
        Counter(
            method: .delete,
            path: "\(groups)/x",
            headers: ["subscription-deletes": "199", "subscription-global-deletes": "2999"]
        ),
        Counter(
            method: .get,
            path: "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups",
            headers: ["tenant-reads": "249", "tenant-global-reads": "3749"]
        ),
        Counter(method: .get, path: "/tenants", headers: ["tenant-reads": "249", "tenant-global-reads": "3749"]),
        Counter(
            method: .get,
            path: World.builtIn.instances[0].id.path,
            headers: ["subscription-resource-requests": "23999"]
        ),
        Counter(
            method: .get,
            path: "\(World.builtIn.instances[0].id)/operationresults/x",
            headers: ["subscription-reads": "249", "subscription-global-reads": "3749"]
        ),
    ]

    @Test(arguments: counters)
    func `every answer carries what is left, by kind and scope`(_ counter: Counter) async throws {
        let answer = try await Emulated().manage(counter.method, counter.path)
        let prefix = "x-ms-ratelimit-remaining-"
        let sent = answer.response.headers.filter { $0.name.canonicalName.hasPrefix(prefix) }
        let named = sent.map { (String($0.name.canonicalName.dropFirst(prefix.count)), $0.value) }
        #expect(Dictionary(uniqueKeysWithValues: named) == counter.headers)
    }

    @Test func `the call after the last is 429, and one that comes back too soon is, too`() async throws {
        let emulated = try Emulated(Self.small())
        for left in ["2", "1", "0"] {
            let answer = try await emulated.manage(.get, Self.groups)
            #expect(answer.status == 200)
            #expect(answer.header("x-ms-ratelimit-remaining-subscription-reads") == left)
        }
        let refused = try await emulated.manage(.get, Self.groups)
        #expect(refused.status == 429)
        #expect(refused.code == "SubscriptionRequestsThrottled")
        #expect(refused.header("Retry-After") == "6")
        #expect(refused.header("x-ms-ratelimit-remaining-subscription-reads") == "0")
        let id = Self.small().subscriptions[0].id
        let start =
            "Number of 'read' requests for subscription '\(id)' actor '\(try emulated.runner.objectID)' exceeded."
        #expect(refused.message?.hasPrefix(start) == true)
        // By now two calls are in the bucket again, and the early one is refused all the same.
        emulated.clock.advance(seconds: 4)
        let early = try await emulated.manage(.get, Self.groups)
        #expect(early.status == 429)
        #expect(early.header("Retry-After") == "2")
        emulated.clock.advance(seconds: 2)
        for status in [200, 200, 200, 429] {
            #expect(try await emulated.manage(.get, Self.groups).status == status)
        }
    }

    @Test func `kinds, principals, and subscription and tenant are counted apart`() async throws {
        let emulated = try Emulated(Self.small())
        for _ in 1...10 { _ = try await emulated.manage(.get, Self.groups) }
        #expect(try await emulated.manage(.get, Self.groups).status == 429)
        #expect(try await emulated.manage(.delete, "\(Self.groups)/x").status == 405)
        #expect(try await emulated.manage(.get, "/tenants").status == 200)
        #expect(try await emulated.manage(.get, Self.groups, as: Self.principal(10)).status == 200)
        #expect(try await emulated.manage(.get, emulated.instancePath("contoso-apim")).status == 200)
    }

    @Test func `all principals together have a limit of their own`() async throws {
        let emulated = try Emulated(Self.small())
        var statuses: [Int] = []
        for number in 10..<18 {
            statuses.append(try await emulated.manage(.get, Self.groups, as: Self.principal(number)).status)
        }
        #expect(statuses == [200, 200, 200, 200, 200, 200, 429, 429])
    }

    @Test func `a bucket never holds more than its size`() async throws {
        let emulated = try Emulated(Self.small())
        _ = try await emulated.manage(.get, Self.groups)
        emulated.clock.advance(seconds: 1000)
        let answer = try await emulated.manage(.get, Self.groups)
        #expect(answer.header("x-ms-ratelimit-remaining-subscription-reads") == "2")
    }

    @Test func `a time scale fills buckets faster`() async throws {
        let throttle = Throttle(
            Self.small().throttling,
            subscriptions: World.builtIn.subscriptions,
            clock: ScaledClock()
        )
        let path = ManagementPath(segments: ["subscriptions", World.builtIn.subscriptions[0].id, "resourceGroups"])
        let now = ScaledClock().now
        for _ in 1...3 { #expect(throttle.admit(.get, path, caller: Self.principal(10), now: now).refusal == nil) }
        let refusal = throttle.admit(.get, path, caller: Self.principal(10), now: now).refusal
        #expect(refusal?.retryAfter == 1)
        let later = now.addingTimeInterval(1)
        #expect(throttle.admit(.get, path, caller: Self.principal(10), now: later).refusal == nil)
    }

    @Test func `limits can be switched off`() async throws {
        let emulated = try Emulated(Self.small { $0.isEnabled = false })
        for _ in 1...10 {
            let answer = try await emulated.manage(.get, Self.groups)
            #expect(answer.status == 200)
            #expect(answer.header("x-ms-ratelimit-remaining-subscription-reads") == nil)
        }
    }
}

/// A clock that divides durations by 60.
private struct ScaledClock: EmulatorClock {
    var now: Date { Date(timeIntervalSince1970: 1_795_482_000) }

    func scaled(_ duration: Duration) -> Duration { .seconds((duration.components.seconds + 59) / 60) }
}
