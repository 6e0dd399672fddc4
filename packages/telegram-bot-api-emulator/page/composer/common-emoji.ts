const SIGNS = [
  '😀 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😎 🤔 😐 🙄 😴 😮 😢 😭 😡 🤯 🥳 😇 🤝 👍',
  '👎 👏 🙏 💪 👋 👌 ✌️ 🤞 ❤️ 💔 🔥 ⭐ ✨ 🎉 💯 ✅ ❌ ❗ ❓ ⚠️ 📦 🚚 💰 💳',
  '📄 📎 📷 🔧 🔒 🔑 🕐 📅 ☎️ 💬 ☕ 🍕 🐛 🚀 🏁 🎁',
];

/** What the composer offers; the keyboard of the system has the rest. */
export const COMMON_EMOJI: readonly string[] = SIGNS.flatMap((line) => line.split(' '));
