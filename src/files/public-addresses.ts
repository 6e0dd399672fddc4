import { BlockList, isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';

/**
 * What no server on the internet has (IANA, "IPv4 Special-Purpose Address Registry"), and multicast. The services with
 * which clouds give a machine its secrets have such addresses, but for Azure's.
 */
const SPECIAL_IPV4: ReadonlyArray<[network: string, prefix: number]> = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** All servers on the internet have addresses of this network, but for its special ones: tunnels among them. */
const GLOBAL_IPV6 = ['2000::', 3] as const;
const SPECIAL_IPV6: ReadonlyArray<[network: string, prefix: number]> = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** The addresses that servers on the internet can have. */
@Injectable()
export class PublicAddresses {
  readonly #special = new BlockList();
  readonly #global = new BlockList();

  constructor() {
    for (const [network, prefix] of SPECIAL_IPV4) {
      this.#special.addSubnet(network, prefix, 'ipv4');
    }
    for (const [network, prefix] of SPECIAL_IPV6) {
      this.#special.addSubnet(network, prefix, 'ipv6');
    }
    this.#global.addSubnet(...GLOBAL_IPV6, 'ipv6');
  }

  /** @param address An IP address without brackets. One of IPv4 in the form of IPv6 is not public. */
  has(address: string): boolean {
    if (!isIPv6(address)) return !this.#special.check(address, 'ipv4');
    return this.#global.check(address, 'ipv6') && !this.#special.check(address, 'ipv6');
  }
}
