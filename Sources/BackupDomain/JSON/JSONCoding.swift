package import FoundationEssentials

extension JSONEncoder {
    /// An encoder for what we store and print: sorted keys, plain slashes, UTC instants ending in Z.
    ///
    /// - Parameter pretty: Whether to break lines and indent.
    /// - Returns: A new encoder.
    package static func stable(pretty: Bool = false) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.iso8601)
        }
        return encoder
    }
}

extension JSONDecoder {
    /// A decoder for what ``Foundation/JSONEncoder/stable(pretty:)`` writes; any zone and any fraction is read.
    ///
    /// - Returns: A new decoder.
    package static func stable() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = Date(iso8601: text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no instant")
            }
            return date
        }
        return decoder
    }
}
