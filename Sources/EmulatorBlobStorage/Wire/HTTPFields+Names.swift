import HTTPTypes

extension HTTPFields {
    /// The value of a field by its name, several of one name joined by commas; nil where there is none.
    func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }

    /// Sets a field; a name that HTTP does not allow is left out.
    mutating func set(_ name: String, _ value: String?) {
        guard let value, let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}
