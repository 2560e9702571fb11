import BackupDomain

/// A key of a section, bound to the member that holds its value.
package struct SettingField<Root: Sendable>: Sendable {
    /// The key as data.
    package let key: SettingKey
    /// Takes over what stands under the key.
    let read: @Sendable (inout Root, SettingsNode, SettingPath, inout SettingsReading) -> Void
    /// Puts the member back to what holds where nothing is set.
    let clear: @Sendable (inout Root) -> Void
    /// Shows the member.
    let show: @Sendable (Root) -> ShownSetting
    /// Looks for contradictions below.
    let check: @Sendable (Root, SettingPath, inout SettingsReading) -> Void

    /// Binds the key to the member of a larger section, where it stands at the same level.
    ///
    /// - Parameter outer: The member that holds this field's section.
    /// - Returns: The field of the larger section.
    package func lifted<Outer>(_ outer: any WritableKeyPath<Outer, Root> & Sendable) -> SettingField<Outer> {
        SettingField<Outer>(
            key: self.key,
            read: { self.read(&$0[keyPath: outer], $1, $2, &$3) },
            clear: { self.clear(&$0[keyPath: outer]) },
            show: { self.show($0[keyPath: outer]) },
            check: { self.check($0[keyPath: outer], $1, &$2) }
        )
    }
}

extension SettingField where Root: SettingsSection {
    /// A key with one value, for which there is a default.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - member: Where the value is kept; what a new section has there is the default.
    ///   - type: The value's type.
    ///   - lead: The key of the same section without which this one says nothing, or which takes its place.
    ///   - summary: What it is for: one sentence.
    /// - Returns: The field.
    package static func value<Value>(
        _ name: String,
        _ member: any WritableKeyPath<Root, Value> & Sendable,
        _ type: SettingType<Value>,
        lead: String? = nil,
        _ summary: String
    ) -> Self {
        Self(
            key: SettingKey(
                name: name,
                summary: summary,
                content: .value(type.traits, standard: Self.standard(Root()[keyPath: member], type)),
                lead: lead
            ),
            read: { root, node, path, reading in
                if let value = reading.value(type, of: node, at: path) { root[keyPath: member] = value }
            },
            clear: { $0[keyPath: member] = Root()[keyPath: member] },
            show: { .value(type.text(of: $0[keyPath: member]), type.json(of: $0[keyPath: member]), type.traits) },
            check: { _, _, _ in }
        )
    }

    private static func standard<Value>(_ value: Value, _ type: SettingType<Value>) -> SettingKey.Standard {
        SettingKey.Standard(text: type.text(of: value), json: type.json(of: value))
    }

    /// A key with one value that may be missing.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - member: Where the value is kept; nil in a new section.
    ///   - type: The value's type.
    ///   - lead: The key of the same section without which this one says nothing, or which takes its place.
    ///   - summary: What it is for: one sentence.
    /// - Returns: The field.
    package static func value<Value>(
        _ name: String,
        _ member: any WritableKeyPath<Root, Value?> & Sendable,
        _ type: SettingType<Value>,
        lead: String? = nil,
        _ summary: String
    ) -> Self {
        Self(
            key: SettingKey(name: name, summary: summary, content: .value(type.traits, standard: nil), lead: lead),
            read: { root, node, path, reading in
                if let value = reading.value(type, of: node, at: path) { root[keyPath: member] = value }
            },
            clear: { $0[keyPath: member] = nil },
            show: { root in
                guard let value = root[keyPath: member] else { return .unset }
                return .value(type.text(of: value), type.json(of: value), type.traits)
            },
            check: { _, _, _ in }
        )
    }

    /// A key with a list of values; empty where nothing is set.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - member: Where the values are kept.
    ///   - type: The type of each.
    ///   - summary: What it is for: one sentence.
    /// - Returns: The field.
    package static func values<Value>(
        _ name: String,
        _ member: any WritableKeyPath<Root, [Value]> & Sendable,
        _ type: SettingType<Value>,
        _ summary: String
    ) -> Self {
        Self(
            key: SettingKey(name: name, summary: summary, content: .values(type.traits)),
            read: { root, node, path, reading in
                guard let nodes = reading.elements(of: node, at: path) else { return }
                root[keyPath: member] = nodes.enumerated().compactMap { index, node in
                    reading.value(type, of: node, at: path.element(index))
                }
            },
            clear: { $0[keyPath: member] = Root()[keyPath: member] },
            show: { root in
                let values = root[keyPath: member]
                return .values(values.map { type.text(of: $0) }, .array(values.map { type.json(of: $0) }))
            },
            check: { _, _, _ in }
        )
    }

    /// A key with a section below it.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - member: Where the section is kept.
    ///   - summary: What it is for: one sentence.
    /// - Returns: The field.
    package static func section<Section: SettingsSection>(
        _ name: String,
        _ member: any WritableKeyPath<Root, Section> & Sendable,
        _ summary: String
    ) -> Self {
        Self(
            key: SettingKey(name: name, summary: summary, content: .section(Section.keys)),
            read: { root, node, path, reading in reading.read(&root[keyPath: member], from: node, at: path) },
            clear: { $0[keyPath: member] = Section() },
            show: { .section($0[keyPath: member].shown) },
            check: { root, path, reading in reading.check(root[keyPath: member], at: path) }
        )
    }

    /// A key with a list of sections; empty where nothing is set.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - member: Where the sections are kept.
    ///   - summary: What it is for: one sentence.
    /// - Returns: The field.
    package static func sections<Section: SettingsSection>(
        _ name: String,
        _ member: any WritableKeyPath<Root, [Section]> & Sendable,
        _ summary: String
    ) -> Self {
        Self(
            key: SettingKey(
                name: name,
                summary: summary,
                content: .sections(Section.keys, shorthand: Section.shorthandTraits)
            ),
            read: { root, node, path, reading in
                guard let nodes = reading.elements(of: node, at: path) else { return }
                root[keyPath: member] = nodes.enumerated().map { index, node in
                    var section = Section()
                    reading.read(&section, from: node, at: path.element(index))
                    return section
                }
            },
            clear: { $0[keyPath: member] = [] },
            show: { .sections($0[keyPath: member].map(\.shown)) },
            check: { root, path, reading in
                for (index, section) in root[keyPath: member].enumerated() {
                    reading.check(section, at: path.element(index))
                }
            }
        )
    }
}
