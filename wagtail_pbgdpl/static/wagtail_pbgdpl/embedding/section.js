/* <pbgdpl-section src="…" title="…"><a href="…">…</a></pbgdpl-section>: a section of the portal in
   another site's page. It sets no cookie and keeps nothing. The link stays until the section says
   how high it is: without a script, or where the portal does not know the site, it is what remains. */
(() => {
  "use strict";
  if (customElements.get("pbgdpl-section")) return;

  const RIGHTS = ["scripts", "same-origin", "forms", "popups", "top-navigation-by-user-activation"];
  const MOST = 20000; // pixels

  customElements.define("pbgdpl-section", class extends HTMLElement {
    connectedCallback() {
      const address = this.#address();
      if (!address || this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const link = document.createElement("slot");
      const frame = document.createElement("iframe");
      this.style.display ||= "block";
      frame.src = address.href;
      frame.title = this.getAttribute("title") || this.textContent.trim();
      // Browsers show it as a hint wherever the mouse rests; screen readers would hear it twice.
      this.removeAttribute("title");
      frame.loading = "lazy";
      frame.referrerPolicy = "origin";
      for (const right of RIGHTS) frame.sandbox.add(`allow-${right}`);
      frame.style.cssText = "display:block;width:100%;height:1px;border:0;visibility:hidden";
      root.append(link, frame);
      frame.addEventListener("load", () => {
        frame.contentWindow.postMessage({ pbgdpl: "hello" }, address.origin);
      });
      this.listener = (event) => {
        if (event.origin !== address.origin || event.source !== frame.contentWindow) return;
        const height = Number(event.data?.pbgdpl);
        if (!(height > 0)) return;
        frame.style.height = `${Math.min(Math.ceil(height), MOST)}px`;
        frame.style.visibility = "visible";
        link.hidden = true;
      };
      addEventListener("message", this.listener);
    }

    disconnectedCallback() {
      removeEventListener("message", this.listener);
    }

    #address() {
      try {
        const address = new URL(this.getAttribute("src"), document.baseURI);
        return /^https?:$/.test(address.protocol) ? address : null;
      } catch {
        return null;
      }
    }
  });
})();
