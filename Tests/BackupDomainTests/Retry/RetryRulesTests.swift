import BackupDomain
import Testing

struct RetryRulesTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var rules = RetryRules()
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
            random: 0,
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
            failure: .status(503),
            elapsed: .seconds(120),
            expected: .fail
        ),
        Case(
            testDescription: "up to the budget",
            failure: .status(503),
            elapsed: .seconds(119),
            random: 1,
            expected: .retry(after: .milliseconds(500))
        ),
        Case(
            testDescription: "three minutes that Azure asks for",
            failure: .status(429),
            retryAfter: .seconds(180),
            random: 0,
            expected: .retry(after: .seconds(180))
        ),
        Case(
            testDescription: "those who were turned away together do not return together",
            failure: .status(429),
            retryAfter: .seconds(180),
            random: 1,
            expected: .retry(after: .seconds(198))
        ),
        Case(
            testDescription: "what Azure asks for is no attempt that counts",
            failure: .status(503),
            attempt: 6,
            retryAfter: .seconds(30),
            random: 0,
            expected: .retry(after: .seconds(30))
        ),
        Case(
            testDescription: "up to the patience of a person",
            failure: .status(429),
            elapsed: .seconds(100),
            retryAfter: .seconds(200),
            random: 0,
            expected: .retry(after: .seconds(200))
        ),
        Case(
            testDescription: "past the patience of a person",
            failure: .status(429),
            elapsed: .seconds(101),
            retryAfter: .seconds(200),
            random: 0,
            expected: .fail
        ),
        Case(
            testDescription: "up to the patience of a night",
            rules: .unattended,
            failure: .status(429),
            elapsed: .seconds(1800),
            retryAfter: .seconds(1800),
            random: 0,
            expected: .retry(after: .seconds(1800))
        ),
        Case(
            testDescription: "past the patience of a night",
            rules: .unattended,
            failure: .status(429),
            elapsed: .seconds(1801),
            retryAfter: .seconds(1800),
            random: 0,
            expected: .fail
        ),
        Case(
            testDescription: "a POST that Azure throttles for long",
            rules: .throttledPost(within: .seconds(3600)),
            failure: .status(429),
            repeatability: .once,
            attempt: 9,
            elapsed: .seconds(3000),
            random: 0,
            expected: .retry(after: .seconds(300))
        ),
        Case(
            testDescription: "no time at all, again and again",
            failure: .status(429),
            attempt: 9,
            retryAfter: .zero,
            random: 0,
            expected: .retry(after: .seconds(10))
        ),
        Case(
            testDescription: "one attempt",
            rules: .single,
            failure: .status(429),
            retryAfter: .seconds(1),
            expected: .fail
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
        let decision = test.rules.decide(
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
        var rules = RetryRules()
        rules.attempts = 100
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

    @Test(arguments: [(1, 0.0, 2500), (1, 1.0, 5000), (3, 0.0, 10_000), (3, 0.5, 15_000), (40, 1.0, 60_000)])
    func aPollWithoutAnAnswerIsRepeatedWithin(_ failures: Int, _ random: Double, _ milliseconds: Int) {
        let delay = RetryRules.poll.delay(after: failures, retryAfter: nil, random: random)
        #expect(delay == .milliseconds(milliseconds))
    }

    @Test(arguments: [(nil, nil), (0, 1), (17, 17), (999_999, 3600)] as [(Int?, Int?)])
    func whatIsAskedForIsHeeded(_ seconds: Int?, _ expected: Int?) {
        #expect(RetryRules.heeded(seconds.map { .seconds($0) }) == expected.map { .seconds($0) })
    }
}
