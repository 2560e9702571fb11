import BackupDomain
import Testing

@testable import AzureClient

struct RetryRulesTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var failure: AttemptFailure
        var repeatability = Repeatability.idempotent
        var attempt = 1
        var elapsed = Duration.zero
        var retryAfter: Duration?
        var random = 0.5
        var expected: RetryDecision
    }

    static let cases = [
        Case(testDescription: "503 of a GET", failure: .status(503), expected: .retry(after: .milliseconds(250))),
        Case(testDescription: "503 of a POST", failure: .status(503), repeatability: .once, expected: .fail),
        Case(
            testDescription: "503 of a POST that asks to come again",
            failure: .status(503),
            repeatability: .once,
            retryAfter: .seconds(1),
            expected: .fail
        ),
        Case(
            testDescription: "429 of a POST",
            failure: .status(429),
            repeatability: .once,
            retryAfter: .seconds(17),
            expected: .retry(after: .seconds(17))
        ),
        Case(
            testDescription: "429 without a wish",
            failure: .status(429),
            attempt: 3,
            random: 1,
            expected: .retry(after: .seconds(2))
        ),
        Case(testDescription: "501", failure: .status(501), expected: .fail),
        Case(testDescription: "400", failure: .status(400), expected: .fail),
        Case(
            testDescription: "the cap",
            failure: .status(500),
            attempt: 5,
            random: 1,
            expected: .retry(after: .seconds(8))
        ),
        Case(testDescription: "the last attempt", failure: .status(500), attempt: 6, expected: .fail),
        Case(
            testDescription: "past the budget",
            failure: .status(429),
            elapsed: .seconds(100),
            retryAfter: .seconds(21),
            expected: .fail
        ),
        Case(
            testDescription: "up to the budget",
            failure: .status(429),
            elapsed: .seconds(100),
            retryAfter: .seconds(20),
            expected: .retry(after: .seconds(20))
        ),
        Case(testDescription: "no jitter", failure: .status(500), random: 0, expected: .retry(after: .zero)),
        Case(
            testDescription: "broken GET",
            failure: .unanswered(.unreachable),
            expected: .retry(after: .milliseconds(250))
        ),
        Case(testDescription: "broken POST", failure: .unanswered(.unreachable), repeatability: .once, expected: .fail),
        Case(
            testDescription: "POST that never left",
            failure: .notSent(.unreachable),
            repeatability: .once,
            expected: .retry(after: .milliseconds(250))
        ),
        Case(
            testDescription: "refused for the fourth time",
            failure: .notSent(.unreachable),
            attempt: 4,
            expected: .fail
        ),
        Case(
            testDescription: "host unknown",
            failure: .notSent(.hostNotFound),
            expected: .retry(after: .milliseconds(250))
        ),
        Case(testDescription: "host unknown again", failure: .notSent(.hostNotFound), attempt: 2, expected: .fail),
        Case(testDescription: "TLS", failure: .notSent(.tlsFailed), expected: .fail),
        Case(testDescription: "proxy", failure: .notSent(.proxyRefused), expected: .fail),
        Case(testDescription: "too large", failure: .unanswered(.answerTooLarge), expected: .fail),
    ]

    @Test(arguments: cases)
    func decides(_ test: Case) {
        let decision = RetryRules().decide(
            test.failure,
            test.repeatability,
            attempt: test.attempt,
            elapsed: test.elapsed,
            retryAfter: test.retryAfter,
            random: test.random
        )
        #expect(decision == test.expected)
    }

    @Test(arguments: 1...40)
    func aDelayOfOurOwnStaysUnderTheCap(_ attempt: Int) {
        let rules = RetryRules(attempts: 100)
        let decision = rules.decide(
            .status(500),
            .idempotent,
            attempt: attempt,
            elapsed: .zero,
            retryAfter: nil,
            random: 0.999
        )
        guard case .retry(let delay) = decision else {
            Issue.record("gave up within the budget")
            return
        }
        #expect(delay < .seconds(20))
    }
}
