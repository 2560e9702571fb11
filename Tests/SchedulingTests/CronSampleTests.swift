import BackupDomain
import Foundation
import Testing

@testable import Scheduling

/// Answers of the Python library cronsim, written by `scripts/cron-differential --sample`.
@Suite("A sample of cronsim's answers")
struct CronSampleTests {
    private struct Question {
        var cron: String
        var zone: TimeZoneRules
        var start: Int
        var answers: [Int]
    }

    private static func lines(_ name: String) throws -> [[Substring]] {
        let file = try #require(Bundle.module.url(forResource: name, withExtension: "tsv", subdirectory: "Fixtures"))
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: "\t") }
    }

    private static func questions() throws -> [Question] {
        var zones: [Substring: TimeZoneRules] = [:]
        for line in try self.lines("cron-sample-zones") {
            let changes = try line.dropFirst().map { text in
                let parts = text.split(separator: ":").compactMap { Int($0) }
                try #require(parts.count == 2)
                return TimeZoneRules.Change(at: parts[0], offset: parts[1])
            }
            let first = try #require(changes.first)
            zones[line[0]] = TimeZoneRules(
                name: String(line[0]),
                initialOffset: first.offset,
                changes: Array(changes.dropFirst()),
                afterwards: nil
            )
        }
        return try self.lines("cron-sample").map { line in
            Question(
                cron: String(line[0]),
                zone: try #require(zones[line[1]]),
                start: try #require(Int(line[2])),
                answers: line[3].split(separator: " ").compactMap { Int($0) }
            )
        }
    }

    private static func date(_ second: Int) -> Date { Date(timeIntervalSince1970: Double(second)) }

    @Test func `is answered the same, forwards and backwards`() throws {
        let questions = try Self.questions()
        #expect(questions.count == 3000)
        var different: [String] = []
        for question in questions {
            let times = NominalTimes(.cron(try CronExpression(question.cron)), zone: question.zone)
            var found: [Int] = []
            while found.count < question.answers.count,
                let time = times.first(after: Self.date(found.last ?? question.start))
            {
                found.append(Int(time.at.timeIntervalSince1970))
            }
            let backwards = question.answers.indices.reversed().map { index in
                let before =
                    index + 1 < question.answers.count ? question.answers[index + 1] - 1 : question.answers[index]
                return times.last(upTo: Self.date(before)).map { Int($0.at.timeIntervalSince1970) }
            }
            if found != question.answers || backwards != question.answers.reversed() {
                different.append("\(question.cron) \(question.zone.name) \(question.start): \(found) \(backwards)")
            }
        }
        #expect(different.isEmpty, "\(different.prefix(5))")
    }
}
