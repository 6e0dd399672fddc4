import { useData } from 'vitepress';
import { defineComponent, h, onMounted, ref, useId, watch } from 'vue';

/**
 * A diagram of Mermaid, whose code is encoded as a component of a URI. The code itself is shown without JavaScript, and
 * when it cannot be drawn.
 */
export const MermaidDiagram = defineComponent({
  props: { code: { type: String, required: true } },
  setup(props) {
    const { isDark } = useData();
    const id = `diagram-${useId()}`;
    const svg = ref('');

    /** Mermaid is large, and runs in browsers only. */
    async function draw(): Promise<void> {
      const { default: mermaid } = await import('mermaid');
      const size = { useMaxWidth: false };
      const theme = isDark.value ? 'dark' : 'default';
      mermaid.initialize({
        startOnLoad: false,
        // Else Mermaid leaves a picture of the error at the end of the page.
        suppressErrorRendering: true,
        theme,
        flowchart: size,
        sequence: size,
      });
      svg.value = (await mermaid.render(id, decodeURIComponent(props.code))).svg;
    }

    async function drawOrShowCode(): Promise<void> {
      try {
        await draw();
      } catch (error) {
        svg.value = '';
        console.error('The diagram could not be drawn, so its code is shown:', error);
      }
    }

    onMounted(drawOrShowCode);
    watch(isDark, drawOrShowCode);
    return () =>
      svg.value
        ? h('div', { innerHTML: svg.value, style: 'overflow-x: auto' })
        : h('pre', decodeURIComponent(props.code));
  },
});
