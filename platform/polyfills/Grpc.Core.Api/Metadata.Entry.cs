using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its value: text, or bytes when the key ends in <see cref="BinaryHeaderSuffix"/>.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> _allowedCharacters =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>Makes an entry of bytes.</summary>
        /// <param name="key">The key, in any letter case; must end in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="valueBytes">The bytes, which are copied.</param>
        /// <exception cref="ArgumentException">The key has a forbidden character, or is one for text.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = NormalizeKey(key);
            if (!IsBinary)
            {
                throw new ArgumentException(
                    $"A key for bytes must end in '{BinaryHeaderSuffix}', and '{Key}' does not.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            _bytes = [.. valueBytes];
        }

        /// <summary>Makes an entry of text.</summary>
        /// <param name="key">The key, in any letter case; must not end in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="value">The text.</param>
        /// <exception cref="ArgumentException">The key has a forbidden character, or is one for bytes.</exception>
        public Entry(string key, string value)
        {
            Key = NormalizeKey(key);
            if (IsBinary)
            {
                throw new ArgumentException(
                    $"A key for text must not end in '{BinaryHeaderSuffix}', and '{Key}' does.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(value);
            _text = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry holds bytes.</exception>
        public string Value =>
            _text ?? throw new InvalidOperationException("Cannot access the text of an entry that holds bytes.");

        /// <summary>A copy of the bytes; of text, its ASCII form.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : [.. _bytes];

        /// <summary>Whether the entry holds bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>Gives key and value, for diagnosis.</summary>
        /// <returns>The text.</returns>
        public override string ToString() => _bytes is null
            ? $"[Entry: key={Key}, value={_text}]"
            : $"[Entry: key={Key}, valueBytes={Convert.ToHexString(_bytes)}]";

        /// <summary>Whether this is the entry's key; letter case does not matter.</summary>
        internal bool HasKey(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);

        private static string NormalizeKey(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(_allowedCharacters))
            {
                throw new ArgumentException(
                    $"'{key}' is not a metadata key: one has only letters, digits, dots, underscores and hyphens.",
                    nameof(key));
            }

            // Returns the same object when there is nothing to change.
            return key.ToLowerInvariant();
        }
    }
}
