import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

@Suite("Budgets of calls")
struct CallBudgetTests {
    /// A budget of reads of which an answer has told.
    private func reads(left: Int) -> CallBudget {
        var budget = CallBudget(.reads)
        _ = budget.admit(at: .zero)
        budget.settle(remaining: left, at: .zero)
        return budget
    }

    @Test func `nothing waits while much is left, or nothing is known`() {
        var unknown = CallBudget(.reads)
        for _ in 1...100 { #expect(unknown.admit(at: .zero) == .zero) }
        var full = self.reads(left: 249)
        for _ in 1...224 { #expect(full.admit(at: .zero) == .zero) }
        #expect(full.admit(at: .zero) > .zero)
    }

    @Test func `below the reserve calls are spaced to what Azure adds`() {
        var budget = self.reads(left: 25)
        let waits = (1...4).map { _ in budget.admit(at: .zero) }
        #expect(waits == [.milliseconds(40), .milliseconds(80), .milliseconds(120), .milliseconds(160)])
        // A second later it is as full again as the answer told, and no fuller.
        #expect(budget.admit(at: .seconds(1)) == .milliseconds(40))
    }

    @Test func `writes are spaced more widely`() {
        var budget = CallBudget(.writes)
        _ = budget.admit(at: .zero)
        budget.settle(remaining: 20, at: .zero)
        #expect(budget.admit(at: .zero) == .milliseconds(100))
    }

    @Test func `an answer counts more than what was reckoned, less what is still under way`() {
        var budget = self.reads(left: 200)
        for _ in 1...10 { _ = budget.admit(at: .zero) }
        // Another program has used the rest: ours of which one is answered, and nine are not.
        budget.settle(remaining: 30, at: .zero)
        #expect(budget.admit(at: .zero) == .milliseconds(200))
    }

    @Test func `what is left never grows beyond what an answer told`() {
        var budget = self.reads(left: 30)
        var waits: [Duration] = []
        for _ in 1...10 { waits.append(budget.admit(at: .seconds(3600))) }
        #expect(waits.prefix(5).allSatisfy { $0 == .zero })
        #expect(waits.dropFirst(5).allSatisfy { $0 > .zero })
    }

    @Test func `a refusal closes until its time, and what waited is spaced behind it`() {
        var budget = self.reads(left: 100)
        _ = budget.admit(at: .zero)
        budget.settle(remaining: 0, at: .zero)
        budget.close(until: .seconds(17))
        let first = budget.admit(at: .seconds(2))
        #expect(first == .seconds(15) + .milliseconds(1040))
        #expect(budget.admit(at: .seconds(2)) == first + .milliseconds(40))
        budget.close(until: .seconds(3))
        #expect(budget.admit(at: .seconds(2)) == first + .milliseconds(80))
    }

    struct Answer: CustomTestStringConvertible {
        var testDescription: String
        var status = 429
        var fields: [String: String]
        var remaining: Int?
        var pause: Duration?

        static let all: [Self] = [
            Self(testDescription: "a success", status: 200, fields: [reads: "249"], remaining: 249),
            Self(testDescription: "the least counts", status: 200, fields: [reads: "9", global: "3749"], remaining: 9),
            Self(testDescription: "nonsense", status: 200, fields: [reads: "many", writes: "-1"]),
            Self(testDescription: "used up", fields: [reads: "0", after: "10"], remaining: 0, pause: .seconds(10)),
            Self(testDescription: "nobody can tell whose", fields: [after: "10"], pause: .seconds(10)),
            Self(testDescription: "the resource's own", fields: [reads: "200", after: "60"], remaining: 200),
            Self(testDescription: "without a time", fields: [:]),
            Self(testDescription: "a server in trouble", status: 503, fields: [after: "10"]),
        ]

        private static let reads = "x-ms-ratelimit-remaining-subscription-reads"
        private static let global = "x-ms-ratelimit-remaining-subscription-global-reads"
        private static let writes = "x-ms-ratelimit-remaining-subscription-writes"
        private static let after = "Retry-After"
    }

    @Test(arguments: Answer.all)
    func `answers tell what is left, and whom they refuse`(_ answer: Answer) {
        let response = HTTPExchangeResponse.text(answer.status, "", answer.fields)
        #expect(response.remainingCalls == answer.remaining)
        #expect(response.throttledFor == answer.pause)
    }

    @Test(arguments: [
        ("GET", "/subscriptions/AAAA/resources", "aaaa", CallScope.Kind.reads),
        ("POST", "/subscriptions/aaaa/resourceGroups/g/providers/p/service/s/backup", "aaaa", .writes),
        ("PUT", "/subscriptions/aaaa", "aaaa", .writes), ("DELETE", "/subscriptions/aaaa/x", "aaaa", .deletes),
        ("GET", "/subscriptions", "", .reads), ("GET", "/providers/x", "", .reads),
    ])
    func `calls are counted by subscription and kind`(
        _ method: String,
        _ path: String,
        _ subscription: String,
        _ kind: CallScope.Kind
    ) throws {
        let url = try #require(URL(string: "https://management.azure.com\(path)?api-version=1"))
        let name = try #require(HTTPRequest.Method(method))
        let scope = CallScope(HTTPExchangeRequest(method: name, url: url))
        #expect(scope.subscription == subscription)
        #expect(scope.kind == kind)
    }
}
