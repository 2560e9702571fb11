/// Rows under headings, columns as wide as what stands in them.
///
/// Hand-written: the one listed table library is not made for Swift 6.
struct Table: Sendable {
    /// One column.
    struct Column: Sendable {
        /// The heading.
        var heading: String
        /// Whether its texts stand at the right edge.
        var isRightAligned: Bool

        /// Creates a column; left-aligned by default.
        init(_ heading: String, isRightAligned: Bool = false) {
            self.heading = heading
            self.isRightAligned = isRightAligned
        }
    }

    private let columns: [Column]
    private let rows: [[String]]

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - columns: The columns.
    ///   - rows: The rows; missing texts count as empty, surplus ones are left out.
    init(_ columns: [Column], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The lines, headings first, without blanks at their ends.
    var lines: [String] {
        let all = [self.columns.map(\.heading)] + self.rows
        let widths = self.columns.indices.map { index in
            all.map { index < $0.count ? Self.width($0[index]) : 0 }.max() ?? 0
        }
        return all.map { row in
            let cells = self.columns.indices.map { index in
                let text = index < row.count ? row[index] : ""
                let padding = String(repeating: " ", count: widths[index] - Self.width(text))
                return self.columns[index].isRightAligned ? padding + text : text + padding
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// The columns that a text takes on a terminal; escape codes take none.
    private static func width(_ text: String) -> Int {
        var width = 0
        var isEscape = false
        for scalar in text.unicodeScalars {
            if scalar == "\u{1B}" { isEscape = true }
            if !isEscape && !scalar.properties.isGraphemeExtend { width += Self.isWide(scalar) ? 2 : 1 }
            if isEscape && scalar == "m" { isEscape = false }
        }
        return width
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        [
            0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0x1F300...0x1FAFF,
        ].contains { $0.contains(Int(scalar.value)) }
    }
}
