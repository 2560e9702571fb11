/// A value that a parameter does not take.
struct ParameterMistake: Error {
    /// What the value must be, in words.
    var rule: String
}
