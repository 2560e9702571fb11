import BackupDomain
import FoundationEssentials
import Scheduling

/// `nominal-times`: answers many questions at once, for comparisons with other programs.
///
/// Each line of standard input is a cron expression, a zone, an instant in seconds since 1970 and a number, with tabs between
/// them; each line of the answer is that many times after the instant in seconds since 1970, with blanks between them,
/// or what is wrong. With a negative number the times up to the instant, the newest first.
@main
struct NominalTimesProgram {
    static func main() {
        let zones = ZoneFiles(folder: nil, files: FileSource { path, _ in try Data(contentsOf: URL(filePath: path)) })
        var known: [Substring: TimeZoneRules] = [:]
        while let line = readLine() {
            let fields = line.split(separator: "\t")
            guard fields.count == 4, let second = Int(fields[2]), let count = Int(fields[3]) else {
                print("? four fields are wanted")
                continue
            }
            do throws(BackupError) {
                let rules: TimeZoneRules
                if let found = known[fields[1]] {
                    rules = found
                } else {
                    rules = try zones.rules(named: String(fields[1]))
                }
                known[fields[1]] = rules
                let times = NominalTimes(.cron(try CronExpression(String(fields[0]))), zone: rules)
                print(Self.seconds(times, from: second, count: count).map(String.init).joined(separator: " "))
            } catch {
                print("! \(error)")
            }
        }
    }

    private static func seconds(_ times: NominalTimes, from second: Int, count: Int) -> [Int] {
        var found: [Int] = []
        while found.count < abs(count) {
            let last = Double(found.last ?? second)
            let next =
                count > 0
                ? times.first(after: Date(timeIntervalSince1970: last))
                : times.last(upTo: Date(timeIntervalSince1970: found.isEmpty ? last : last - 1))
            guard let next else { break }
            found.append(Int(next.at.timeIntervalSince1970))
        }
        return found
    }
}
