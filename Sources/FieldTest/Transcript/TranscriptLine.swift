import BackupDomain
package import FoundationEssentials

/// One line of a transcript, a file of JSON lines: the head, the exchanges as they ended, the answers.
///
/// Lines of kinds that a reader does not know are to be passed over; fields are only added.
package enum TranscriptLine: Sendable, Encodable {
    /// The first line: which program, when, against which cloud.
    case head(program: String, cloud: String, startedAt: Date)
    /// One exchange.
    case exchange(Exchange)
    /// What is said of one entry of docs/assumptions.json.
    case answer(Answer)

    /// The format's version.
    package static let version = 1

    private enum CodingKeys: String, CodingKey { case type, version, program, cloud, startedAt }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .head(let program, let cloud, let startedAt):
            try container.encode("fieldTest", forKey: .type)
            try container.encode(Self.version, forKey: .version)
            try container.encode(program, forKey: .program)
            try container.encode(cloud, forKey: .cloud)
            try container.encode(startedAt, forKey: .startedAt)
        case .exchange(let exchange):
            try container.encode("exchange", forKey: .type)
            try exchange.encode(to: encoder)
        case .answer(let answer):
            try container.encode("answer", forKey: .type)
            try answer.encode(to: encoder)
        }
    }
}
